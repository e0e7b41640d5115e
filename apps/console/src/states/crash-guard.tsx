import { Component, type ReactNode } from 'react';

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
