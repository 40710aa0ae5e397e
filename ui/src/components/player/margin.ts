/** Pixels beside the waveform and the lanes under it, for names: the two stand one above the other. */
export const MARGIN = 64;
