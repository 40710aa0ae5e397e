import type { Flow, Parity, SerialSettings } from '../backend/backend';

/** Speeds that exchanges use; anything else can be typed. */
export const SPEEDS = [300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200];
export const DATA_BITS = [5, 6, 7, 8];
export const STOP_BITS = [1, 2];
export const PARITIES: readonly Parity[] = ['none', 'even', 'odd'];
export const FLOWS: readonly Flow[] = ['none', 'hardware', 'software'];

/** `9600 8N1`: speed, data bits, parity, stop bits, as engineers write it. */
export function writeSettings({ baud, data_bits, parity, stop_bits }: SerialSettings): string {
  return `${baud} ${data_bits}${parity.slice(0, 1).toUpperCase()}${stop_bits}`;
}
