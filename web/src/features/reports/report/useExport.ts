import { useMutation } from "@tanstack/react-query";
import { client } from "~/api/client";
import { Problem } from "~/api/problem";
import { refusalText } from "~/domain/refusals";
import type { Question } from "~/domain/report";
import { notifyFailed } from "~/ui/Toast";

/** Hands the answer of a question to the browser as a CSV file. */
export function useExport() {
  return useMutation({
    mutationFn: async (question: Question) => {
      const { data } = await client.POST("/v1/reports/export", { body: question, parseAs: "blob" });
      if (data) save(data, `report-${question.from}-${question.to}.csv`);
    },
    onError: (thrown) => notifyFailed(refusalText(Problem.of(thrown))),
  });
}

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
