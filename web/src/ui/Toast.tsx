import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { saidOf } from "./problems";

const SHOWN_MS = 5000;
const SHOWN_WITH_UNDO_MS = 10000;

/** Says what happened; with `undo` only where undo is real. */
export function notifyDone(text: string, { undo }: { undo?: () => void } = {}): void {
  const id = `done-${Date.now()}-${Math.random()}`;
  const takeBack = () => {
    notifications.hide(id);
    undo?.();
  };
  const message = undo ? (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      {text}
      <Button size="xs" variant="subtle" onClick={takeBack}>
        {i18next.t("ui:toast.undo")}
      </Button>
    </Group>
  ) : (
    text
  );
  notifications.show({
    id,
    message,
    closeButtonProps: { "aria-label": i18next.t("ui:toast.close") },
    autoClose: undo ? SHOWN_WITH_UNDO_MS : SHOWN_MS,
  });
}

/** Says what failed (a thrown problem, or words) and the number to tell support. Stays until closed. */
export function notifyFailed(problem: unknown): void {
  const t = i18next.getFixedT(null, "ui");
  const { text, reference } =
    typeof problem === "string" ? { text: problem, reference: undefined } : saidOf(problem);
  notifications.show({
    color: "red",
    title: t("error.title"),
    message: reference ? `${text} ${t("error.reference")} ${reference}` : text,
    autoClose: false,
    closeButtonProps: { "aria-label": t("toast.close") },
  });
}
