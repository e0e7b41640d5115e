import { shoot } from '../support/browser.js';
import { walk } from '../support/walk.js';

jest.setTimeout(240_000);

/** The demo's own receiver stands in for all vendors; what people are told is read from the ledger and from that receiver's page. */
describe('telling people, as they see it', () => {
  const city = walk('telling');

  it('an administrator sends a test over each channel and sees that it went', async () => {
    const admin = await city.as('linkaiwen');
    await admin.goto('/channels');
    await admin.getByTestId('channel').first().waitFor();
    expect(await admin.getByTestId('channel').count()).toBe(3);
    await admin.getByTestId('test-dingtalk').click();
    await admin.getByText('钉钉已接受测试消息').waitFor();
    await admin.getByTestId('channel').filter({ hasText: '钉钉' }).getByText('✓ 正常').waitFor();
    await shoot(admin, 'telling-channels');
  });

  it('an officer takes an alert up by hand; the ledger shows who was told over what', async () => {
    const officer = await city.as('luwenjing');
    await officer.goto('/alerts');
    await officer.getByTestId('alert-row').first().waitFor();
    await officer.locator('a[href^="/alerts/"]').first().click();
    await officer.getByTestId('escalation-panel').waitFor();
    await officer.getByTestId('escalate').click();
    await officer.getByTestId('escalate-to').click();
    await officer.getByTitle('分管领导').click();
    await officer.getByTestId('escalate-comment').fill('群众陆续到场，请领导关注');
    await officer.getByTestId('escalate-submit').click();
    await officer.getByTestId('escalation').getByText('群众陆续到场').waitFor();
    await shoot(officer, 'telling-escalation');
    await officer.goto(`/telling?q=${encodeURIComponent('方正平')}`);
    const row = officer.getByTestId('told-row').first();
    // The demo's robots bundle for twenty seconds; the ledger is as it was when it was opened.
    for (const way of ['企业微信', '钉钉', '飞书']) {
      const sent = row.getByText(new RegExp(`${way} 已送出`));
      await row.waitFor();
      for (let looks = 0; looks < 30 && !(await sent.isVisible()); looks++) {
        await officer.waitForTimeout(2_000);
        await officer.reload();
        await row.waitFor();
      }
      await sent.waitFor();
    }
    await shoot(officer, 'telling-ledger');
  });

  it('an officer chooses channels and quiet hours', async () => {
    const officer = await city.as('tanyulin');
    await officer.goto('/me/telling');
    await officer.getByTestId('add-quiet').click();
    await officer.getByTestId('my-channel').first().getByRole('checkbox').uncheck();
    await officer.getByTestId('keep-telling').click();
    await officer.getByText('已保存').waitFor();
    await officer.reload();
    await officer.getByTestId('my-quiet').waitFor();
    expect(await officer.getByTestId('my-channel').first().getByRole('checkbox').isChecked()).toBe(false);
    await shoot(officer, 'telling-mine');
  });

  it('a shift is swapped on the phone, asked and agreed', async () => {
    const phone = { width: 390, height: 780 };
    const asker = await city.as('fuguanqun', phone);
    await asker.goto('/duty');
    await asker.getByTestId('ask-swap').first().click();
    await asker.getByTestId('swap-askedOf').click();
    await asker.getByTitle('宋青岚').click();
    await asker.getByTestId('swap-reason').fill('家中有事');
    await asker.getByTestId('swap-submit').click();
    await asker.getByTestId('swap').waitFor();
    await shoot(asker, 'duty-phone');
    const other = await city.as('songqinglan', phone);
    await other.goto('/duty');
    await other.getByTestId('swap-agree').first().click();
    await other.getByText('已同意').first().waitFor();
    const width = await other.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(390);
  });

  it('a shift is handed over with what is open, and signed by two', async () => {
    const [giver, taker] = [await city.as('luwenjing'), await city.as('hesiyuan')];
    await giver.goto('/duty/handover');
    await giver.getByText('待处置预警').first().waitFor();
    await giver.getByTestId('handover-note').fill('化工园一事待应急局回话');
    await giver.getByTestId('give-handover').click();
    await giver.getByText('待接班签字').waitFor();
    await taker.goto('/duty/handover');
    await taker.getByTestId('take-handover').click();
    await taker.locator('[data-testid="handover"][data-taken="true"]').waitFor();
    await shoot(taker, 'handover');
  });
});
