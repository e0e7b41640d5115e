import type { INestApplicationContext } from '@nestjs/common';
import { DocumentDesk, type Actor } from '../../../response-workflow/src/index.js';
import { demoOrigin, type DocumentStep } from '../demo/index.js';

const ELEMENTS = ['background', 'goal', 'content', 'scope', 'standard', 'differences'];

/** Plays what is done with policy documents through the desk that does it every day; knows which key became which document. */
export class DocumentPlayer {
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly services: INestApplicationContext,
    private readonly sitePort: number,
  ) {}

  /** @throws Error for a key that was not registered */
  async play({ key, act }: DocumentStep, actor: Actor): Promise<void> {
    const desk = this.services.get(DocumentDesk);
    const url = (path: string) => `${demoOrigin(this.sitePort)}${path}`;
    if (act.do === 'register') {
      const { do: _, url: path, publishedAt, ...given } = act;
      const at = publishedAt?.toISOString() ?? null;
      const request = { ...given, kind: '政府规范性文件', url: path === null ? null : url(path), publishedAt: at };
      this.ids.set(key, (await desk.register(request, actor)).documentId);
      return;
    }
    const id = this.ids.get(key);
    if (id === undefined) throw new Error(`document ${key} is not registered`);
    switch (act.do) {
      case 'plan': {
        const { do: _, ...plan } = act;
        return desk.plan(id, plan, actor);
      }
      case 'submit':
        return desk.submit(id, actor);
      case 'sign':
        return desk.sign(id, actor);
      case 'publish':
        return desk.publish(id, { url: url(act.path), publishedAt: act.publishedAt.toISOString() }, actor);
      case 'interpret': {
        const { do: _, path, publishedAt, ...given } = act;
        const channels = ['政府网站政策解读专栏', '政务新媒体'];
        await desk.interpret(id, { ...given, url: url(path), publishedAt: publishedAt.toISOString(), channels, elements: ELEMENTS }, actor);
      }
    }
  }
}
