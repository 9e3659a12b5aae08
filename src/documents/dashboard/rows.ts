import type { Row } from './panels';
import { limits } from './rows/limits';
import { lives } from './rows/lives';
import { nodes } from './rows/nodes';
import { now } from './rows/now';
import { refusals } from './rows/refusals';
import { rotation } from './rows/rotation';

/** All rows, what an operator asks first at the top. */
export const rows: readonly Row[] = [now, nodes, refusals, lives, rotation, limits];
