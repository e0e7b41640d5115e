import type { ReportChart } from '@huiying/contracts/http';
import { openDrawing } from './faces.js';

/** Pixels of a screen at 96 dpi; 590 is the width of a page's text (156 mm). */
const WIDTH = 590;
const HEIGHT = 250;
/** Four dots for each: 384 dpi in print. */
const SHARPNESS = 4;

export interface ChartPicture {
  png: Buffer;
  /** At 96 dpi. */
  width: number;
  height: number;
}

/** Told apart in grey print: dark, light, middle. */
const COLOURS = ['#1d4f91', '#e0a030', '#7a8699', '#9c3d3d', '#4d8a6a', '#b7c4d6'];

/** A chart as a sharp picture with its labels in Chinese, whatever fonts the machine has. The same chart gives the same bytes. */
export async function chartPicture(chart: ReportChart): Promise<ChartPicture> {
  const { canvas, familyOf } = await openDrawing();
  const { init, setPlatformAPI } = await import('echarts');
  setPlatformAPI({ createCanvas: () => canvas.createCanvas(32, 32) as never });
  const sheet = canvas.createCanvas(WIDTH * SHARPNESS, HEIGHT * SHARPNESS);
  const drawn = init(sheet as never, null, { renderer: 'canvas', width: WIDTH, height: HEIGHT, devicePixelRatio: SHARPNESS });
  const words = [chart.title, ...chart.labels, ...chart.series.map(({ name }) => name)].join('');
  drawn.setOption(optionOf(chart, familyOf('sans', words)));
  const png = sheet.toBuffer('image/png');
  drawn.dispose();
  return { png, width: WIDTH, height: HEIGHT };
}

function optionOf({ labels, series }: ReportChart, fontFamily: string) {
  const text = { fontFamily, fontSize: 12, color: '#1c2128' };
  const isCrowded = labels.length * series.length > 24;
  return {
    animation: false,
    backgroundColor: '#ffffff',
    color: COLOURS,
    textStyle: text,
    legend: { top: 2, left: 'center', itemWidth: 14, itemHeight: 9, textStyle: text },
    grid: { left: 8, right: 8, top: 36, bottom: 6, containLabel: true },
    xAxis: {
      type: 'category' as const,
      data: labels,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: '#5b6470' } },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: { type: 'value' as const, minInterval: 1, splitNumber: 4, axisLabel: text, splitLine: { lineStyle: { color: '#d9dde3' } } },
    series: series.map(({ name, values }) => ({
      type: 'bar' as const,
      name,
      data: values,
      barMaxWidth: 30,
      label: { show: !isCrowded, position: 'top' as const, ...text, fontSize: 11 },
    })),
  };
}
