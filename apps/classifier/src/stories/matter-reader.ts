import { Logger } from '@nestjs/common';
import { loadSegmenter, MatterReader } from '@huiying/text';

let reader: MatterReader | null = null;

/** The process's one reader: its dictionaries take a second and 100 MB, so they are loaded once, at boot. */
export function matterReader(): MatterReader {
  const logger = new Logger('stories');
  return (reader ??= new MatterReader(loadSegmenter((sentence) => logger.warn(sentence))));
}
