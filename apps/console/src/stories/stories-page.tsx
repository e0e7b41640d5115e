import { Link } from 'react-router';
import type { StoryView } from '@huiying/contracts/http';
import { storiesQuery } from '../api/queries.js';
import { JudgingTabs } from '../learning/judging-tabs.js';
import { AlertStateTag } from '../marks/state-tag.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { SearchField } from '../states/search-field.js';
import { Tabs } from '../states/tabs.js';
import { useFilters } from '../states/use-filters.js';
import { usePages } from '../states/use-pages.js';
import { Ago } from '../time/moment.js';
import { HeatChip } from './heat-chip.js';
import './stories.css';

/** 事件: what is talked about, the hottest first. */
export default function StoriesPage() {
  usePageTitle('事件');
  const { filters, change } = useFilters(['q', 'sort'], { sort: 'heat' });
  const search = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString();
  const { items: stories, total, error, retry, more, hasMore, loadingMore } = usePages(storiesQuery(search));
  return (
    <div className="page-fixed">
      <div className="page-head">
        <JudgingTabs />
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索事件" testId="stories-search" />
        <span className="quiet small" data-testid="stories-total">
          {stories === undefined ? '' : total === null ? '超过 2,000 个，只列最近的' : `${total.toLocaleString('zh-CN')} 个`}
        </span>
        <span className="push stories-tools">
          <Tabs
            label="排序"
            choices={[
              { value: 'heat', word: '热度' },
              { value: 'newest', word: '最新' },
            ]}
            value={filters.sort}
            onChange={(sort) => change({ sort })}
          />
          <a className="plain-button export" href={`/api/stories/export.csv?${search}`} download data-testid="stories-csv">
            导出 CSV
          </a>
        </span>
      </div>
      <div className="list-sheet">
        {stories === undefined ? (
          error === null ? (
            <Loading lines={10} />
          ) : (
            <Failure error={error} what="事件" onRetry={retry} />
          )
        ) : stories.length === 0 ? (
          <Empty title={filters.q === '' ? '近30天没有两条以上信息的事件' : '没有符合条件的事件'}>
            同一件事有两条以上信息或已预警时，会在这里归为一个事件。
          </Empty>
        ) : (
          <div className="panel-rows">
            <div className="story-row story-head small quiet" aria-hidden="true">
              <span>热度</span>
              <span>事件</span>
              <span>信息</span>
              <span>热线</span>
              <span>信源</span>
              <span>最近</span>
              <span>预警</span>
            </div>
            {stories.map((story) => (
              <StoryRow key={story.id} story={story} />
            ))}
            {hasMore && (
              <button type="button" className="plain-button stories-more" onClick={more} disabled={loadingMore} data-testid="stories-more">
                {loadingMore ? '正在读取…' : `再看更多（已列 ${stories.length.toLocaleString('zh-CN')} 个）`}
              </button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function StoryRow({ story }: { story: StoryView }) {
  return (
    <div className="story-row" data-testid="story-row">
      <HeatChip heat={story.heat} surge={story.surge} />
      <span className="opinion-what">
        <Link to={`/stories/${story.id}`} className="clip">
          {story.title || '（无标题）'}
        </Link>
        {(story.fixedBy !== null || story.candidateCount > 0) && (
          <span className="small quiet">
            {story.fixedBy !== null && `${story.fixedBy}已固定`}
            {story.candidateCount > 0 && <span className="state state-waiting">疑似同一事件 {story.candidateCount}</span>}
          </span>
        )}
      </span>
      <span>{story.opinionCount}</span>
      <span>{story.hotlineCount}</span>
      <span>{story.sourceCount}</span>
      <Ago at={story.lastSeenAt} />
      <span>
        {story.alert === null ? (
          '—'
        ) : (
          <Link to={`/alerts/${story.alert.id}`}>
            <AlertStateTag state={story.alert.state} />
          </Link>
        )}
      </span>
    </div>
  );
}
