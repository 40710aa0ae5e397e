// How sound without a header is read: as the ending of the file says, or as somebody says for a folder.

import type { RecordingFolderView } from '../../backend/backend';

export const LAWS = ['ending', 'a-law', 'mu-law', 'linear'] as const;
export type Law = (typeof LAWS)[number];

export function lawOf({ law }: RecordingFolderView): Law {
  return LAWS.find((known) => known === law) ?? 'ending';
}
