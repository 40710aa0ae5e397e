/** A waveform as upright strokes, one for each pixel: the loudest of what falls on it. */
export function outline(row: readonly number[], width: number, middle: number, half: number): string {
  const columns = Math.max(0, Math.floor(width));
  let path = '';
  for (let column = 0; column < columns && row.length > 0; column += 1) {
    const first = Math.floor((column / columns) * row.length);
    const last = Math.max(first + 1, Math.floor(((column + 1) / columns) * row.length));
    let loud = 0;
    for (let index = first; index < last; index += 1) loud = Math.max(loud, row[index] ?? 0);
    const high = Math.round((loud / 255) * half * 10) / 10;
    if (high > 0) path += `M${column + 0.5} ${middle - high}v${high * 2}`;
  }
  return path;
}
