export { ModelConsumer } from './model.consumer.js';
export { recordReview } from './record-review.js';
export { ReviewController } from './review.controller.js';
export { ReviewDesk } from './review-desk.js';
