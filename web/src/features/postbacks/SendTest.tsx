import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FormError } from "~/ui/FormError";
import { type DeliveryDetail, usePostbacksChanged } from "./model";
import { Tries } from "./Tries";

interface Props {
  send: () => Promise<DeliveryDetail>;
  /** Further buttons of the line. */
  children?: ReactNode;
}

/** Sends a sample and says what came back. */
export function SendTest({ send, children }: Props) {
  const { t } = useTranslation("postbacks");
  const changed = usePostbacksChanged();
  const test = useMutation({ mutationFn: send, onSuccess: changed });
  const well = test.data?.state === "delivered";
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          variant="light"
          leftSection={<IconSend size={16} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          {t("test.send")}
        </Button>
        {children}
      </Group>
      <Text size="sm" c="dimmed">
        {t("test.help")}
      </Text>
      <FormError error={test.error} />
      {test.data && (
        <Alert color={well ? "teal" : "red"} title={well ? t("test.sent") : t("test.failed")}>
          <Tries tries={test.data.tries} />
        </Alert>
      )}
    </Stack>
  );
}
