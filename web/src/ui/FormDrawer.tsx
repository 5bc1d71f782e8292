import { Button, Group, Stack } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { FormError } from "./FormError";
import { SideDrawer, type SideDrawerProps } from "./SideDrawer";

interface Props extends Pick<SideDrawerProps, "title" | "size" | "onClose"> {
  /** Called once per try; the browser's own submission never happens. */
  onSubmit: () => void;
  /** What the last try was refused for. */
  error: unknown;
  isSaving: boolean;
  isReady?: boolean;
  /** "Save" unless the form does something else. */
  submitLabel?: ReactNode;
  /** Beside the form, and not sent with it. */
  below?: ReactNode;
  children: ReactNode;
}

/** A form in a drawer: the refusal on top, the fields, and at the bottom what ends it. */
export function FormDrawer(props: Props) {
  const {
    title,
    size,
    onClose,
    onSubmit,
    error,
    isSaving,
    isReady = true,
    submitLabel,
    below,
    children,
  } = props;
  const { t } = useTranslation("ui");
  const id = useId();
  return (
    <SideDrawer
      opened
      onClose={onClose}
      size={size}
      title={title}
      footer={
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" form={id} loading={isSaving} disabled={!isReady}>
            {submitLabel ?? t("save")}
          </Button>
        </Group>
      }
    >
      <form
        id={id}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Stack gap="md">
          <FormError error={error} />
          {children}
        </Stack>
      </form>
      {below}
    </SideDrawer>
  );
}
