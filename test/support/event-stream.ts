/** A server-sent event as a browser sees it. */
export interface SeenEvent {
  id: string | null;
  event: string;
  data: unknown;
}

/** Reads an event stream as a browser does; `events` grows as they come. */
export class EventStream {
  readonly events: SeenEvent[] = [];
  private readonly abort = new AbortController();
  private ended: Promise<void> = Promise.resolve();
  isEnded = false;

  static async open(url: string, headers: Record<string, string>): Promise<EventStream> {
    const stream = new EventStream();
    const answer = await fetch(url, { headers, signal: stream.abort.signal });
    if (answer.status !== 200) throw new Error(`the stream answered ${answer.status}`);
    stream.ended = stream.read(answer.body!).finally(() => (stream.isEnded = true));
    return stream;
  }

  of<T>(event: string): T[] {
    return this.events.filter((one) => one.event === event).map((one) => one.data as T);
  }

  get lastId(): string | null {
    return this.events.findLast((one) => one.id !== null)?.id ?? null;
  }

  async close(): Promise<void> {
    this.abort.abort();
    await this.ended;
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of body) {
        text += decoder.decode(chunk, { stream: true });
        const frames = text.split('\n\n');
        text = frames.pop()!;
        for (const frame of frames) this.events.push(parse(frame));
      }
    } catch {
      // Cut off: what came is kept.
    }
  }
}

function parse(frame: string): SeenEvent {
  const field = (name: string) =>
    frame
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? null;
  return { id: field('id'), event: field('event') ?? 'message', data: JSON.parse(field('data') ?? 'null') };
}
