import { chemLeak } from './chem-leak.js';
import { careHome, elevator, mallSmoke } from './fresh-cases.js';
import { medicalFee } from './medical-fee.js';
import { mineRoad } from './mine-road.js';
import { riverFish, schoolZone, vaccine } from './open-alerts.js';
import { parkingFee } from './parking-fee.js';
import { schoolCanteen } from './school-canteen.js';
import type { Story } from './story.js';
import { wage } from './wage.js';
import { waterOutage } from './water-outage.js';
import { waterSource } from './water-source.js';

/** Every scripted story: at least one file in each stage at `now`, from an unseen alert to a closed case. */
export function stories(now: Date): Story[] {
  return [
    waterSource,
    waterOutage,
    mineRoad,
    medicalFee,
    mallSmoke,
    parkingFee,
    schoolCanteen,
    wage,
    chemLeak,
    vaccine,
    elevator,
    careHome,
    schoolZone,
    riverFish,
  ].map((tell) => tell(now));
}
