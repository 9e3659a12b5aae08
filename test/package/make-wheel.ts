import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compileWithJsii, makeWheel } from './jsii';

/** Makes the Python wheel: `make-wheel FOLDER` writes it to FOLDER/python. */
const [output = 'dist'] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-wheel-'));
try {
  compileWithJsii(scratch);
  makeWheel(scratch, resolve(output));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
