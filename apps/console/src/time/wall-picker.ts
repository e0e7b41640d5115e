import generatePicker from 'antd/es/date-picker/generatePicker/index.js';
import { serverClock } from './server-clock.js';
import { wallCalendar, type WallDate } from './wall-calendar.js';

/** antd's date picker on the city's wall clock and the server's now. */
export const WallPicker = generatePicker<WallDate>(wallCalendar(() => serverClock.now()));
