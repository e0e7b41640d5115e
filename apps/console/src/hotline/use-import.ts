import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HotlineImportChoice, HotlineImportView } from '@huiying/contracts/http';
import { hotlineApi } from './hotline-api.js';

const LOOK_EVERY_MS = 500;
const key = (id: string | null) => ['hotline-import', id];

/** One import as its page has it: the file as the server sees it, and the steps that can be taken with it. */
export function useImport(id: string | null, onId: (id: string | null) => void) {
  const client = useQueryClient();
  const keep = (view: HotlineImportView) => client.setQueryData(key(view.importId), view);
  const { data: view, error: lost } = useQuery({
    queryKey: key(id),
    queryFn: () => hotlineApi.progress(id!),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? LOOK_EVERY_MS : false),
  });
  const upload = useMutation({
    mutationFn: hotlineApi.upload,
    onSuccess: (made) => {
      keep(made);
      onId(made.importId);
    },
  });
  const preview = useMutation({ mutationFn: (choice: HotlineImportChoice) => hotlineApi.preview(id!, choice), onSuccess: keep });
  const run = useMutation({ mutationFn: (choice: HotlineImportChoice) => hotlineApi.run(id!, choice), onSuccess: keep });
  return { view: id === null ? undefined : view, lost: id === null ? null : lost, upload, preview, run };
}
