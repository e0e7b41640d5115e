import { Controller, Inject } from '@nestjs/common';
import { TOPICS, type HotlineOrderReceivedV1 } from '@huiying/contracts';
import { Reads } from '@huiying/messaging';
import { OrderReceiver, ORDERS } from './order-receiver.js';

@Controller()
export class OrderConsumer {
  constructor(@Inject(OrderReceiver) private readonly receiver: OrderReceiver) {}

  @Reads(TOPICS.hotlineOrderReceived, ORDERS, { batchSize: 500, parallel: 2 })
  take(events: HotlineOrderReceivedV1[]): Promise<void> {
    return this.receiver.take(events);
  }
}
