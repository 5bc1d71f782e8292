import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { notifyFailed } from "~/ui/Toast";
import { type PaperFormat, savePaper } from "./save";

interface Answer {
  data?: Blob;
  response: Response;
}

interface Props {
  label: string;
  formats?: readonly PaperFormat[];
  read: (format: PaperFormat) => Promise<Answer>;
}

/** A paper, saved as the file that one needs. */
export function DownloadMenu({ label, formats = ["pdf", "xlsx", "csv"], read }: Props) {
  const { t } = useTranslation("papers");
  const file = useMutation({
    mutationFn: async (format: PaperFormat) => savePaper(await read(format)),
    onError: notifyFailed,
  });
  const names = {
    pdf: t("format.pdf"),
    xlsx: t("format.xlsx"),
    csv: t("format.csv"),
    ksef: t("format.ksef"),
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={file.isPending}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => file.mutate(format)}>
            {names[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
