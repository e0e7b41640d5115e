import { App, ConfigProvider, theme as antdTheme, type ThemeConfig } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { useMode } from './mode-store.js';
import { FACE, PALETTES, SIZES, type Mode } from './tokens.js';

function antdTokens(mode: Mode): ThemeConfig {
  const palette = PALETTES[mode];
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return {
    algorithm: mode === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorLink: palette.accent,
      colorError: palette.overdue,
      colorWarning: palette.fifth,
      colorSuccess: palette.met,
      colorText: palette.ink,
      colorTextSecondary: palette.quiet,
      colorTextTertiary: palette.quiet,
      colorTextDescription: palette.quiet,
      colorTextPlaceholder: palette.quiet,
      colorBorder: palette.edge,
      colorBorderSecondary: palette.line,
      colorBgMask: mode === 'dark' ? 'rgba(0,0,0,.55)' : 'rgba(24,33,44,.32)',
      colorBgLayout: palette.ground,
      colorBgContainer: palette.sheet,
      colorBgElevated: palette.sheet,
      colorTextLightSolid: palette.onAccent,
      fontFamily: FACE,
      fontSize: SIZES.text,
      borderRadius: SIZES.radius,
      controlHeight: SIZES.control,
      boxShadow: 'none',
      boxShadowSecondary: mode === 'dark' ? '0 4px 16px rgba(0,0,0,.5)' : '0 4px 16px rgba(24,33,44,.14)',
      motion: !still,
      wireframe: false,
    },
    components: { Form: { itemMarginBottom: 16 }, Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' } },
  };
}

/** antd in our tokens and in Chinese. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const mode = useMode();
  return (
    <ConfigProvider locale={zhCN} theme={antdTokens(mode)} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      <App className="app-root" message={{ maxCount: 3 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}
