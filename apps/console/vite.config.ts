import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Where `npm start` serves the HTTP API. */
const api = process.env.HUIYING_API ?? 'http://127.0.0.1:8620';

export default defineConfig({
  root: here('.'),
  plugins: [react()],
  resolve: { alias: { '@huiying/contracts/http': here('../../libs/contracts/src/http') } },
  server: { host: '127.0.0.1', port: 8621, proxy: { '/api': { target: api, changeOrigin: false } } },
  build: {
    outDir: here('../../dist/console'),
    emptyOutDir: true,
    // The office PCs run old Chromium-based browsers.
    target: 'chrome87',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What changes only when a dependency does keeps its own cached file; the rest follows the lazy imports.
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|scheduler|react-router|cookie|set-cookie-parser|@tanstack)[\\/]/,
              priority: 20,
            },
            { name: 'echarts', test: /node_modules[\\/](echarts|zrender|tslib)[\\/]/, priority: 20 },
          ],
        },
      },
    },
  },
});
