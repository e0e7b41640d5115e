import { helpCrew } from '@huiying/tables/lines';
import { blockJudge } from './judge-block.js';

/** Another thread of `npm run judge`. */
helpCrew(blockJudge);
