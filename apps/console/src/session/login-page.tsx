import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { LoginHints, LoginRequest, SessionView } from '@huiying/contracts/http';
import { failureWords } from '../api/problem-words.js';
import { ask } from '../api/request.js';
import { allowSound } from '../live/sound.js';
import { serverClock } from '../time/server-clock.js';
import { DemoAccounts } from './demo-accounts.js';
import { wayBack } from './way-back.js';
import './login.css';

export default function LoginPage() {
  const [form] = Form.useForm<LoginRequest>();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { search } = useLocation();
  const { data: hints } = useQuery({
    queryKey: ['login-hints'],
    queryFn: () => ask<LoginHints>('GET', '/api/session/hints'),
    staleTime: Infinity,
  });

  const login = async (request: LoginRequest) => {
    setBusy(true);
    setRefusal(null);
    void allowSound();
    try {
      const session = await ask<SessionView>('POST', '/api/session', request);
      serverClock.sync(session.serverTime);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'login-hints' });
      client.setQueryData(['session'], session);
      await navigate(wayBack(search), { replace: true });
    } catch (error) {
      setRefusal(failureWords(error));
      setBusy(false);
    }
  };

  return (
    <main className="login">
      <section className="login-sheet">
        <p className="login-city">{hints?.city.name ?? ' '}</p>
        <h1>回应</h1>
        <p className="login-sub">政务舆情监测与回应</p>
        {search.includes('back=') && <p className="login-hint">请登录后继续，登录后将回到刚才的页面。</p>}
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => void login(values)} data-testid="login-form">
          <Form.Item name="username" label="用户名" rules={[{ required: true, message: '请输入用户名' }]}>
            <Input autoComplete="username" autoFocus size="large" data-testid="login-username" />
          </Form.Item>
          <Form.Item name="password" label="密码" rules={[{ required: true, message: '请输入密码' }]}>
            <Input.Password autoComplete="current-password" size="large" data-testid="login-password" />
          </Form.Item>
          <div role="alert" className="login-refusal" data-testid="login-refusal">
            {refusal}
          </div>
          <Button type="primary" htmlType="submit" size="large" block loading={busy} data-testid="login-submit">
            登录
          </Button>
        </Form>
      </section>
      {hints !== undefined && hints.accounts.length > 0 && (
        <DemoAccounts
          accounts={hints.accounts}
          onPick={(account) => form.setFieldsValue({ username: account.username, password: account.password })}
        />
      )}
    </main>
  );
}
