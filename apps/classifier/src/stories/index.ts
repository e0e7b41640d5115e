export { joinBatch, type ArrivingOpinion } from './join-batch.js';
