import { Button, Group, Modal, NativeSelect, Stack, Textarea } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { FormError } from "./FormError";

export interface Confirmed {
  reason: string;
  note: string;
}

export interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The act as a question or a verb: "Reject 14 conversions". */
  title: string;
  /** What will happen to whom and how much. */
  children: ReactNode;
  /** The verb on the button. */
  confirmLabel: string;
  /** Red, for what cannot be taken back. */
  danger?: boolean;
  reasons?: readonly { value: string; label: string }[];
  /** Words above the reasons and the note, when they are asked. */
  reasonLabel?: string;
  /** Asks for a note when given. */
  noteLabel?: string;
  noteRequired?: boolean;
  /** Closes when it is done; a failure is shown in place and nothing typed is lost. */
  onConfirm: (given: Confirmed) => Promise<unknown>;
}

/** Asks before an act that touches others or money. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, onClose, title, reasons, noteLabel, danger } = props;
  const { t } = useTranslation("ui");
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    if (!opened) return;
    setReason("");
    setNote("");
    setFailure(null);
  }, [opened]);
  const lacking =
    (reasons !== undefined && reason === "") || (props.noteRequired === true && note.trim() === "");

  const confirm = async () => {
    setWorking(true);
    setFailure(null);
    try {
      await props.onConfirm({ reason, note: note.trim() });
      onClose();
    } catch (thrown) {
      setFailure(thrown);
    } finally {
      setWorking(false);
    }
  };

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size="md"
      closeButtonProps={{ "aria-label": t("close"), size: 36 }}
      closeOnClickOutside={!working && note === ""}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!lacking) void confirm();
        }}
      >
        <Stack gap="md">
          <div>{props.children}</div>
          {reasons ? (
            <NativeSelect
              label={props.reasonLabel ?? t("confirm.reason")}
              data={[{ value: "", label: t("confirm.choose"), disabled: true }, ...reasons]}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              required
              data-autofocus
            />
          ) : null}
          {noteLabel ? (
            <Textarea
              label={noteLabel}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              required={props.noteRequired}
              autosize
              minRows={2}
              maxRows={6}
            />
          ) : null}
          <FormError error={failure} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose} disabled={working}>
              {t("cancel")}
            </Button>
            <Button type="submit" color={danger ? "red" : undefined} loading={working} disabled={lacking}>
              {props.confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
