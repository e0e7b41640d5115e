import { BarChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CaseDetail } from '@huiying/contracts/http';
import { EVIDENCE_WORDS } from '../marks/labels.js';
import { useMode } from '../theme/mode-store.js';
import { FACE, PALETTES } from '../theme/tokens.js';
import { monthDayTime, toMs } from '../time/beijing.js';
import { volumeOf, type Volume } from './story-volume.js';

use([BarChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

/** How the story grew, and where the alert and each publication fell. The table behind is one click away. */
export default function StoryTrend({ item }: { item: CaseDetail }) {
  const [asTable, setAsTable] = useState(false);
  const volume = useMemo(() => volumeOf(item.opinions.map(({ publishedAt, capturedAt }) => publishedAt ?? capturedAt)), [item]);
  const marks = useMemo(() => marksOf(item), [item]);
  return (
    <figure className="trend-figure">
      <figcaption className="small quiet">
        每{stepWords(volume.stepMs)}新增舆情（条）
        <button type="button" className="plain-button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? '看图' : '看表'}
        </button>
      </figcaption>
      {asTable ? <TrendTable volume={volume} /> : <TrendChart volume={volume} marks={marks} />}
    </figure>
  );
}

interface TrendMark {
  at: number;
  word: string;
}

function marksOf(item: CaseDetail): TrendMark[] {
  return [
    { at: toMs(item.alert.raisedAt), word: '预警' },
    ...item.evidence.map(({ publishedAt, kind }) => ({ at: toMs(publishedAt), word: EVIDENCE_WORDS[kind] })),
  ];
}

function stepWords(stepMs: number): string {
  const hours = stepMs / 3_600_000;
  if (hours < 1) return `${Math.round(hours * 60)} 分钟`;
  return hours < 24 ? `${hours} 小时` : hours === 24 ? '天' : '周';
}

function TrendChart({ volume, marks }: { volume: Volume; marks: TrendMark[] }) {
  const box = useRef<HTMLDivElement>(null);
  const mode = useMode();
  useEffect(() => {
    const chart = init(box.current, null, { renderer: 'svg' });
    chart.setOption(trendOption(volume, marks, PALETTES[mode]));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current!);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [volume, marks, mode]);
  return (
    <div
      className="trend"
      ref={box}
      role="img"
      aria-label={`事件舆情走势，共 ${volume.counts.reduce((sum, count) => sum + count, 0)} 条`}
    />
  );
}

function trendOption(volume: Volume, marks: TrendMark[], palette: (typeof PALETTES)['light']) {
  const text = { color: palette.quiet, fontFamily: FACE, fontSize: 12 };
  const slot = (ms: number) => Math.max(0, Math.min(volume.starts.length - 1, Math.floor((ms - volume.starts[0]!) / volume.stepMs)));
  return {
    animation: false,
    grid: { left: 30, right: 16, top: 22, bottom: 24 },
    tooltip: { trigger: 'axis', backgroundColor: palette.sheet, borderColor: palette.line, textStyle: { ...text, color: palette.ink } },
    xAxis: {
      type: 'category',
      data: volume.starts.map((start) => monthDayTime(start)),
      axisLabel: { ...text, hideOverlap: true },
      axisLine: { lineStyle: { color: palette.edge } },
      axisTick: { show: false },
    },
    yAxis: { type: 'value', minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: palette.line } }, splitNumber: 3 },
    series: [
      {
        type: 'bar',
        data: volume.counts,
        barMaxWidth: 22,
        itemStyle: { color: palette.half },
        markLine: {
          symbol: 'none',
          silent: true,
          lineStyle: { color: palette.ink, type: 'solid', width: 1 },
          label: { ...text, color: palette.ink, formatter: '{b}' },
          data: marksBySlot(marks, slot),
        },
      },
    ],
  };
}

/** Marks that fall on one bar share a line and a label. */
function marksBySlot(marks: readonly TrendMark[], slot: (ms: number) => number) {
  const words = new Map<number, string[]>();
  for (const { at, word } of marks) words.set(slot(at), [...new Set([...(words.get(slot(at)) ?? []), word])]);
  return [...words].map(([xAxis, list]) => ({ xAxis, name: list.join('、') }));
}

function TrendTable({ volume }: { volume: Volume }) {
  return (
    <table className="ledger">
      <tbody>
        {volume.starts.map((start, at) => (
          <tr key={start}>
            <td>{monthDayTime(start)} 起</td>
            <td>{volume.counts[at]} 条</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
