import { shoot } from '../support/browser.js';
import { walk } from '../support/walk.js';

jest.setTimeout(240_000);

/** Six days when the city was made; one less when midnight in Beijing has passed since. */
const LEFT = /剩 [56] 天/;

describe('an administrator changes the key of a hotline', () => {
  const city = walk('keys');
  const call = async (key: string) => (await fetch(`${city.product.url}/api/hotline/v1/orders`, { headers: { 'x-api-key': key } })).status;

  it('is warned, gives the next key, ends the old one and sees who came in', async () => {
    const admin = await city.as('linkaiwen');
    await admin.getByTestId('person-menu').click();
    await admin.getByRole('link', { name: '接口密钥' }).click();
    const system = admin.getByTestId('api-system').filter({ hasText: '青梧区便民热线' });
    await system.getByText(LEFT).waitFor();
    await shoot(admin, 'api-keys');

    await system.getByTestId('add-key').click();
    await admin.getByTestId('new-key-submit').click();
    const key = await admin.getByTestId('made-key').inputValue();
    expect(key).toMatch(/^hyk_/);
    await admin.getByTestId('made-key-copy').click();
    await admin.getByText('已复制密钥').waitFor();
    expect(await admin.getByTestId('key-once-close').isDisabled()).toBe(true);
    await shoot(admin, 'api-keys-once');
    await admin.getByTestId('key-once-kept').check();
    await admin.getByTestId('key-once-close').click();
    await admin.getByTestId('key-once').waitFor({ state: 'detached' });
    expect(await admin.content()).not.toContain(key);

    await system.getByTestId('change-system').click();
    await admin.getByTestId('change-system-mustSign').uncheck();
    await admin.getByTestId('change-system-reason').fill('对方暂不支持签名');
    await admin.getByTestId('change-system-submit').click();
    await admin.getByTestId('change-system-form').waitFor({ state: 'detached' });
    expect(await call(key)).toBe(200);

    const old = system.getByTestId('api-key').filter({ hasText: LEFT });
    await old.getByTestId('key-end').click();
    await admin.getByTestId('end-key-reason').fill('已换用新密钥');
    await admin.getByTestId('end-key-submit').click();
    await system.getByTestId('api-key').filter({ hasText: '已停用' }).getByText('已换用新密钥').waitFor();
    await admin.reload();
    await system
      .getByTestId('api-key')
      .first()
      .getByText(/刚刚|分钟前|秒前/)
      .first()
      .waitFor();
    await shoot(admin, 'api-keys-changed');
  });

  it('is told field by field what does not fit, and the API closes to others', async () => {
    const admin = await city.as('linkaiwen');
    await admin.goto('/api-keys');
    await admin.getByTestId('add-system').click();
    await admin.getByTestId('new-system-name').fill('区级热线');
    await admin.getByTestId('new-system-title').fill('区级热线');
    await admin.getByTestId('new-system-submit').click();
    await admin.locator('.ant-form-item-explain-error').getByText('系统名应为小写字母').waitFor();
    await shoot(admin, 'api-keys-fault');
    const officer = await city.as('luwenjing');
    await officer.goto('/api-keys');
    await officer.getByTestId('forbidden').waitFor();
    await shoot(officer, 'api-keys-forbidden');
  });

  it('sets the secret of a channel, which is never shown again, and sends a test with it', async () => {
    const admin = await city.as('linkaiwen');
    await admin.goto('/channels');
    const line = admin.getByTestId('secret-line-dingtalk');
    await line.getByText('已设置 · 环境变量').first().waitFor();
    await admin.getByTestId('secrets-dingtalk').click();
    await admin.getByTestId('secrets-secrets.token').fill('a-token-that-nobody-sees');
    await admin.getByTestId('secrets-expiresAt').fill('2020-01-01');
    await admin.getByTestId('secrets-submit').click();
    await admin.locator('.ant-form-item-explain-error').getByText('有效期须在今天和五年之间').waitFor();
    await admin.getByTestId('secrets-expiresAt').fill('');
    await shoot(admin, 'channel-secrets-dialog');
    await admin.getByTestId('secrets-submit').click();
    await line.getByText(/已设置 · .* · 林恺文（优先于环境变量）/).waitFor();
    await admin.getByTestId('test-dingtalk').click();
    await admin.getByText('钉钉已接受测试消息').waitFor();
    await shoot(admin, 'channel-secrets');
    expect(await admin.content()).not.toContain('a-token-that-nobody-sees');
    expect(city.product.printed()).not.toContain('a-token-that-nobody-sees');
  });
});
