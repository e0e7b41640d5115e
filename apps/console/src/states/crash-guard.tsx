import { Component, useEffect, type ReactNode } from 'react';

/** A page that broke takes only itself down, and offers a way on. */
export class CrashGuard extends Component<{ children: ReactNode; place: string }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate(before: { place: string }) {
    if (before.place !== this.props.place && this.state.error !== null) this.setState({ error: null });
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    if (isUnloaded(this.state.error)) return <Unloaded />;
    return (
      <div className="stand-in" data-testid="crash" role="alert">
        <p className="stand-in-title">这一页出错了</p>
        <div className="stand-in-body">
          其余页面仍可使用。若刚刚升级过系统，重新载入即可。
          <div className="stand-in-act">
            <button type="button" className="plain-button" onClick={() => location.reload()}>
              重新载入
            </button>
          </div>
          <small>{this.state.error.message}</small>
        </div>
      </div>
    );
  }
}

/** A part of the console that is fetched when it is first opened could not be had: each browser says so in its own words. */
function isUnloaded({ message }: Error): boolean {
  return /dynamically imported module|importing a module script|preload CSS|error loading/i.test(message);
}

function Unloaded() {
  // Only while it is shown: whoever has gone on to another page is not torn out of it.
  useEffect(() => {
    const reload = () => location.reload();
    addEventListener('online', reload);
    return () => removeEventListener('online', reload);
  }, []);
  return (
    <div className="stand-in" data-testid="unloaded" role="alert">
      <p className="stand-in-title">这一部分没有载入</p>
      <div className="stand-in-body">
        多半是网络断了，网络恢复后会自动重新载入；已填写的内容有草稿。若系统刚刚升级过，请重新载入。紧急情况请改用电话。
        <div className="stand-in-act">
          <button type="button" className="plain-button" onClick={() => location.reload()}>
            重新载入
          </button>
        </div>
      </div>
    </div>
  );
}
