import { Logger } from '@nestjs/common';
import { loadSegmenter, MatterReader, type Segmenter } from '@huiying/text';

let segmenter: Segmenter | null = null;

/**
 * A reader that knows the city's places. The process's one segmenter is loaded with the first: its dictionary takes a second and 100 MB,
 * so that has to be at boot.
 */
export function matterReader(places: Iterable<string>): MatterReader {
  const logger = new Logger('stories');
  if (segmenter === null) {
    segmenter = loadSegmenter((sentence) => logger.warn(sentence));
    logger.log(`${segmenter.name} cuts the words`);
  }
  return new MatterReader(segmenter, places);
}
