import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDownload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { notifyFailed } from "~/ui/Toast";
import { downloadText } from "~/ui/table/csv";
import { batchFile, type FileFormat, forgetPayouts } from "./api";
import type { Batch, Method } from "./model";

/** What a batch can be written as, the usual one first. */
export function formatsOf(method: Method): readonly FileFormat[] {
  if (method === "sepa") return ["pain.001.001.09", "pain.001.001.03", "csv"];
  if (method === "wise" || method === "capitalist") return [method, "csv"];
  return ["csv"];
}

/** Formats by their words: a code with dots is no key of a catalogue. */
const WORDS: Readonly<Record<FileFormat, string>> = {
  csv: "csv",
  "pain.001.001.09": "pain_09",
  "pain.001.001.03": "pain_03",
  wise: "wise",
  capitalist: "capitalist",
};

/** The file a batch is paid with. */
export function FileButton({ batch }: { batch: Batch }) {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const queries = useQueryClient();
  const [usual, ...others] = formatsOf(batch.method);
  const file = useMutation({
    mutationFn: async (format: FileFormat) => ({ format, text: await batchFile(batch.id, format) }),
    onSuccess: ({ format, text }) => {
      downloadText(`${batch.id}.${format.startsWith("pain") ? "xml" : "csv"}`, text);
      // The batch says from now on that its file was given out.
      return forgetPayouts(queries);
    },
    onError: notifyFailed,
  });
  const icon = <IconDownload size={16} />;
  if (!usual || others.length === 0) {
    return (
      <Button
        variant="default"
        leftSection={icon}
        loading={file.isPending}
        onClick={() => file.mutate(usual ?? "csv")}
      >
        {t("batch.download")}
      </Button>
    );
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={icon}
          rightSection={<IconChevronDown size={14} />}
          loading={file.isPending}
        >
          {t("batch.download")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {[usual, ...others].map((format) => (
          <Menu.Item key={format} onClick={() => file.mutate(format)}>
            {word("payout_format", WORDS[format])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
