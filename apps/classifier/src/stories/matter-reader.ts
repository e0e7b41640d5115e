import { Logger } from '@nestjs/common';
import { MatterReader, segmenterOfProcess } from '@huiying/text';

let said = false;

/**
 * A reader that knows the city's places. The process's one segmenter is loaded with the first: its dictionary takes a second and 100 MB,
 * so that has to be at boot.
 */
export function matterReader(places: Iterable<string>): MatterReader {
  const logger = new Logger('stories');
  const segmenter = segmenterOfProcess((sentence) => logger.warn(sentence));
  if (!said) logger.log(`${segmenter.name} cuts the words`);
  said = true;
  return new MatterReader(segmenter, places);
}
