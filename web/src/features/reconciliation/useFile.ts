import { useMutation } from "@tanstack/react-query";
import { client } from "~/api/client";
import { notifyFailed } from "~/ui/Toast";
import type { Reconciliation } from "./model";

/** Saves the file as it was uploaded, under its own name. */
export function useFile({ id, file_name }: Pick<Reconciliation, "id" | "file_name">) {
  return useMutation({
    mutationFn: async () => {
      const params = { path: { id } };
      const { data } = await client.GET("/v1/reconciliations/{id}/file", { params, parseAs: "blob" });
      const address = URL.createObjectURL(data as unknown as Blob);
      const link = Object.assign(document.createElement("a"), { href: address, download: file_name });
      link.click();
      URL.revokeObjectURL(address);
    },
    onError: notifyFailed,
  });
}
