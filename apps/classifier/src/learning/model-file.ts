import { renameSync, writeFileSync } from 'node:fs';
import { packVersion, type ModelVersion } from './model-version.js';

/** Writes a version to a file, whole or not at all. */
export function writeModel(file: string, version: ModelVersion): void {
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, packVersion(version), { mode: 0o600 }); // its grams come from what citizens wrote
  renameSync(fresh, file);
}
