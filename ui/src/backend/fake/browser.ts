// The pretend office in a browser: `?scenario=gone#/sources` chooses its state, `window.office` makes it live.

import { isScenario, scenario } from './scenarios';

const wanted = new URLSearchParams(window.location.search).get('scenario') ?? 'office';

export const backend = scenario(isScenario(wanted) ? wanted : 'office');

Object.assign(window, { office: backend });
