import type { ChangeMessage, NoticeMessage } from '@huiying/contracts/http';
import { SILENCE_MS, streamPath, waitBeforeTry } from './reconnect.js';

export type Link = { state: 'connecting' } | { state: 'live' } | { state: 'lost'; failedTries: number };

export interface StreamListener {
  onLink: (link: Link) => void;
  /** After a lost connection came back: what was missed follows as ordinary changes. */
  onBack: () => void;
  onChange: (change: ChangeMessage) => void;
  onNotice: (notice: NoticeMessage) => void;
  onServerTime: (serverTime: string) => void;
}

/**
 * The change stream of the server, kept open. The browser reopens a cut stream by itself with Last-Event-ID; where it
 * gives up (an error answer) or the server falls silent, this opens a new one after the last position seen.
 */
export class ChangeStream {
  private source: EventSource | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private silence: ReturnType<typeof setTimeout> | null = null;
  private failedTries = 0;
  private wasLive = false;

  constructor(
    private readonly listener: StreamListener,
    private lastPosition: string | null = null,
  ) {}

  open(): void {
    this.drop();
    const source = new EventSource(streamPath(this.lastPosition));
    this.source = source;
    source.onopen = () => this.heard();
    source.onerror = () => this.lost(source.readyState === EventSource.CLOSED);
    source.addEventListener('ping', (event) => {
      this.heard();
      this.listener.onServerTime((JSON.parse(event.data) as { serverTime: string }).serverTime);
    });
    source.addEventListener('change', (event) => {
      this.heard();
      if (event.lastEventId !== '') this.lastPosition = event.lastEventId;
      this.listener.onChange(JSON.parse(event.data) as ChangeMessage);
    });
    source.addEventListener('notice', (event) => {
      this.heard();
      this.listener.onNotice(JSON.parse(event.data) as NoticeMessage);
    });
    this.watchSilence();
  }

  /** Tries again now, for the impatient. */
  tryNow(): void {
    this.open();
  }

  close(): void {
    this.drop();
    this.wasLive = false;
  }

  private heard(): void {
    this.watchSilence();
    if (this.wasLive && this.failedTries === 0) return;
    const back = this.wasLive;
    this.failedTries = 0;
    this.wasLive = true;
    this.listener.onLink({ state: 'live' });
    if (back) this.listener.onBack();
  }

  private lost(closed: boolean): void {
    this.failedTries += 1;
    this.listener.onLink({ state: 'lost', failedTries: this.failedTries });
    if (closed) this.openLater();
  }

  private openLater(): void {
    this.drop();
    this.retry = setTimeout(() => this.open(), waitBeforeTry(this.failedTries));
  }

  private watchSilence(): void {
    if (this.silence !== null) clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost(true), SILENCE_MS);
  }

  private drop(): void {
    this.source?.close();
    this.source = null;
    if (this.retry !== null) clearTimeout(this.retry);
    if (this.silence !== null) clearTimeout(this.silence);
    this.retry = this.silence = null;
  }
}
