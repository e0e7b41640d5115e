import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { FiguresView } from '@huiying/contracts/http';
import { useMode } from '../theme/mode-store.js';
import { FACE, PALETTES, type Palette } from '../theme/tokens.js';
import { figureText, rowsDrawn, spanWords } from './figure-words.js';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

interface ChartProps {
  figures: FiguresView;
  rows: FiguresView['rows'];
  measure: number;
}

/** More lines than colours and dashes tell apart are no help. */
const LINES = 6;
const BARS = 12;

/** One measure: departments side by side, or their course over the spans. The table below has every number. */
export default function FiguresChart({ figures, rows, measure }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const mode = useMode();
  const { name } = figures.measures[measure]!;
  useEffect(() => {
    const chart = init(box.current, null, { renderer: 'svg' });
    chart.setOption(optionOf({ figures, rows, measure }, PALETTES[mode]));
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current!);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [figures, rows, measure, mode]);
  return (
    <figure className="figures-figure">
      <figcaption className="small quiet">
        {name}：{figures.step === 'whole' ? `末期最多的 ${BARS} 家` : `末期最多的 ${LINES} 家`}
      </figcaption>
      <div ref={box} className="figures-chart" role="img" aria-label={`${name}，各单位比较，数字见下表`} />
    </figure>
  );
}

function optionOf({ figures, rows, measure }: ChartProps, palette: Palette): Record<string, unknown> {
  const { isRate } = figures.measures[measure]!;
  const spans = spanWords(figures.spans);
  const byDepartment = figures.step === 'whole';
  const drawn = rowsDrawn(rows, measure, byDepartment ? BARS : LINES);
  const text = { color: palette.quiet, fontFamily: FACE, fontSize: 12 };
  const valueAt = (row: FiguresView['rows'][number], span: number) => row.cells[span]![measure]!.value;
  const series = byDepartment
    ? spans.map((name, span) => ({ type: 'bar', name, barMaxWidth: 22, data: drawn.map((row) => valueAt(row, span)) }))
    : drawn.map((row, i) => ({
        type: 'line',
        name: row.departmentName,
        data: spans.map((_, span) => valueAt(row, span)),
        symbolSize: 6,
        lineStyle: { type: DASHES[i % DASHES.length] },
      }));
  return {
    animation: false,
    // The span asked for in full colour, the one beside it quiet.
    color:
      byDepartment && spans.length > 1
        ? [palette.edge, palette.accent]
        : [palette.accent, palette.fifth, palette.met, palette.second, palette.half, palette.quiet],
    grid: { left: 48, right: 16, top: 40, bottom: byDepartment ? 64 : 28 },
    legend: { top: 4, left: 0, type: 'scroll', itemWidth: 18, itemHeight: 8, textStyle: text },
    tooltip: {
      trigger: 'axis',
      backgroundColor: palette.sheet,
      borderColor: palette.line,
      textStyle: { ...text, color: palette.ink },
      valueFormatter: (value: number | null | undefined) => figureText({ value: value ?? null }, isRate),
    },
    xAxis: {
      type: 'category',
      data: byDepartment ? drawn.map(({ departmentName }) => departmentName) : spans,
      axisLabel: byDepartment ? { ...text, interval: 0, rotate: 28, width: 96, overflow: 'truncate' } : text,
      axisLine: { lineStyle: { color: palette.edge } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      ...(isRate ? { max: 1, min: 0 } : { minInterval: 1 }),
      axisLabel: { ...text, formatter: (value: number) => (isRate ? `${Math.round(value * 100)}%` : String(value)) },
      splitLine: { lineStyle: { color: palette.line } },
      splitNumber: 4,
    },
    series,
  };
}

const DASHES = ['solid', 'dashed', 'dotted'] as const;
