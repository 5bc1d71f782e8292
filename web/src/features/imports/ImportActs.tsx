import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { notifyFailed } from "~/ui/Toast";
import { type Import, isOpen, useImportsChanged } from "./model";

type Act = "check" | "run" | "undo";

/** What can be done with an import in its state. */
export function ImportActs({ row, onGone }: { row: Import; onGone: () => void }) {
  const { t } = useTranslation("imports");
  const changed = useImportsChanged();
  const [asked, setAsked] = useState<"run" | "undo" | "discard">();
  const params = { path: { id: row.id } };
  const act = async (what: Act) => {
    if (what === "check") await client.POST("/v1/imports/{id}/check", { params });
    if (what === "run") await client.POST("/v1/imports/{id}/run", { params });
    if (what === "undo") await client.POST("/v1/imports/{id}/undo", { params });
    await changed();
  };
  const discard = async () => {
    await client.DELETE("/v1/imports/{id}", { params });
    onGone();
    await changed();
  };
  const incomplete =
    row.files.length === 0 || row.files.some(({ missing_fields }) => missing_fields.length > 0);
  const done = () => setAsked(undefined);
  return (
    <Group gap="xs">
      {isOpen(row.state) && (
        <>
          <Button variant="subtle" color="red" onClick={() => setAsked("discard")}>
            {t("discard")}
          </Button>
          <Button
            variant={row.state === "checked" ? "default" : "filled"}
            disabled={incomplete}
            title={t("check_help")}
            onClick={() => void act("check").catch(notifyFailed)}
          >
            {t("check")}
          </Button>
        </>
      )}
      {row.state === "checked" && <Button onClick={() => setAsked("run")}>{t("run")}</Button>}
      {row.state === "running" && (
        <Button variant="default" onClick={() => void act("run").catch(notifyFailed)}>
          {t("go_on")}
        </Button>
      )}
      {row.state === "done" && (
        <Button variant="default" color="red" onClick={() => setAsked("undo")}>
          {t("undo")}
        </Button>
      )}
      <ConfirmDialog
        opened={asked === "run"}
        onClose={done}
        title={t("run_title")}
        confirmLabel={t("run")}
        onConfirm={() => act("run")}
      >
        <Text size="sm">{t("run_text")}</Text>
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === "undo"}
        onClose={done}
        title={t("undo_title")}
        confirmLabel={t("undo")}
        danger
        onConfirm={() => act("undo")}
      >
        <Text size="sm">{t("undo_text")}</Text>
      </ConfirmDialog>
      <ConfirmDialog
        opened={asked === "discard"}
        onClose={done}
        title={t("discard_title")}
        confirmLabel={t("discard")}
        danger
        onConfirm={discard}
      >
        <Text size="sm">{t("discard_text")}</Text>
      </ConfirmDialog>
    </Group>
  );
}
