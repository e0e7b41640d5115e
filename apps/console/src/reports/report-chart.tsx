import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { ReportChart as ReportChartBlock } from '@huiying/contracts/http';
import { useMode } from '../theme/mode-store.js';
import { FACE, PALETTES } from '../theme/tokens.js';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Counts by day, side by side. The numbers behind stand in the Word document and the workbook. */
export default function ReportChart({ chart: { title, labels, series } }: { chart: ReportChartBlock }) {
  const box = useRef<HTMLDivElement>(null);
  const mode = useMode();
  useEffect(() => {
    const palette = PALETTES[mode];
    const text = { color: palette.quiet, fontFamily: FACE, fontSize: 12 };
    const chart = init(box.current, null, { renderer: 'svg' });
    chart.setOption({
      animation: false,
      color: [palette.accent, palette.quiet],
      grid: { left: 40, right: 12, top: 34, bottom: 24 },
      legend: { top: 4, left: 0, itemWidth: 12, itemHeight: 8, textStyle: text },
      tooltip: { trigger: 'axis', backgroundColor: palette.sheet, borderColor: palette.line, textStyle: { ...text, color: palette.ink } },
      xAxis: {
        type: 'category',
        data: labels,
        axisLabel: text,
        axisLine: { lineStyle: { color: palette.edge } },
        axisTick: { show: false },
      },
      yAxis: { type: 'value', minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: palette.line } }, splitNumber: 3 },
      series: series.map(({ name, values }) => ({ type: 'bar', name, data: values, barMaxWidth: 26 })),
    });
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box.current!);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }, [labels, series, mode]);
  const told = series.map(({ name, values }) => `${name}共 ${values.reduce((sum, value) => sum + value, 0)}`).join('，');
  return (
    <figure>
      <figcaption className="small quiet">{title}</figcaption>
      <div ref={box} className="report-chart" role="img" aria-label={`${title}：${told}`} />
    </figure>
  );
}
