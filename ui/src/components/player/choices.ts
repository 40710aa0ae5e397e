// The recordings of a call as they are listened to: the two sides of a call that were recorded apart are one.

import type { CallRecordingView } from '../../backend/backend';

export interface Choice {
  /** What is opened; the program joins the other side to it. */
  recording: CallRecordingView;
  label: 'whole' | 'stereo' | 'caller-side' | 'called-side' | 'part' | 'both-sides';
  /** Nothing is to be heard: the file has no sound, or is not there any more. */
  silent: boolean;
}

/** States of files in which nothing is to be heard. */
export const SOUNDLESS: readonly string[] = ['empty', 'header-only', 'gone', 'unreadable'];

export function choicesOf(recordings: readonly CallRecordingView[]): Choice[] {
  const isSilent = ({ recording }: CallRecordingView) => SOUNDLESS.includes(recording.state);
  const ofSide = (side: string) => recordings.filter((one) => one.label === side && !isSilent(one));
  const [caller, ...moreCallers] = ofSide('caller-side');
  const [called, ...moreCalled] = ofSide('called-side');
  const pair = caller && called && moreCallers.length + moreCalled.length === 0;
  return recordings
    .filter((one) => !(pair && one === called))
    .map((recording) => ({
      recording,
      label: pair && recording === caller ? 'both-sides' : (recording.label as Choice['label']),
      silent: isSilent(recording),
    }));
}
