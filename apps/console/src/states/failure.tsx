import { Button } from 'antd';
import { Link, useLocation } from 'react-router';
import { failureKind, failureWords } from '../api/problem-words.js';
import { Refused } from '../api/request.js';
import { badFilters } from './bad-filters.js';
import { Empty } from './empty.js';

/** A part of the page that could not be read: what happened, and what can be done about it. */
export function Failure({ error, onRetry, what }: { error: unknown; onRetry?: () => void; what: string }) {
  const kind = failureKind(error);
  if (kind === 'forbidden')
    return (
      <Empty title={`无权查看${what}`} testId="forbidden">
        此内容不在您的职责范围内。如需查看，请联系值班员或系统管理员。 <Link to="/">回到首页</Link>
      </Empty>
    );
  if (kind === 'not-found')
    return (
      <Empty title={`没有找到${what}`} testId="not-found">
        链接可能有误，或内容已被归并。 <Link to="/">回到首页</Link>
      </Empty>
    );
  if (error instanceof Refused && error.problem.faults !== undefined) return <BadAddress error={error} what={what} />;
  return (
    <Empty
      title={kind === 'offline' ? `连不上服务器，${what}暂时读不到` : `${what}读取失败`}
      testId={kind === 'offline' ? 'offline' : 'failure'}
    >
      {kind === 'offline' ? '网络恢复后会自动重试；紧急情况请改用电话。' : failureWords(error)}
      {onRetry !== undefined && (
        <div className="stand-in-act">
          <Button onClick={onRetry} data-testid="retry">
            重试
          </Button>
        </div>
      )}
    </Empty>
  );
}

/** The address asks for what there is not: which condition, and the way back to the list without it. */
function BadAddress({ error, what }: { error: Refused; what: string }) {
  const { pathname, search } = useLocation();
  const { words, rest } = badFilters(error, new URLSearchParams(search));
  return (
    <Empty title={`地址中的条件有误，${what}读不出来`} testId="bad-address">
      {words.join('；')}。{' '}
      <Link to={rest === null ? '/' : { pathname, search: rest.toString() }} data-testid="bad-address-back">
        {rest === null ? '回到首页' : rest.size === 0 ? '清除条件' : '去掉这些条件'}
      </Link>
    </Empty>
  );
}
