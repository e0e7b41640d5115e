import { Link } from 'react-router';
import { Empty } from './empty.js';

export default function NotFoundPage() {
  return (
    <Empty title="没有这个页面" testId="page-404">
      地址可能输错了，或链接已经过期。 <Link to="/">回到首页</Link>，或按 <kbd>?</kbd> 查看快捷键。
    </Empty>
  );
}
