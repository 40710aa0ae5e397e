/** Pixels beside the waveform and the lanes under it, for names: the two stand one above the other. A
 * number of eleven digits has room. */
export const MARGIN = 84;
