import { ActionIcon, Button, Code, Group, Stack, Text, Tooltip } from "@mantine/core";
import { IconEye, IconEyeOff, IconRefresh } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, client } from "~/api/client";
import { useMay } from "~/domain/person";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { CopyButton } from "~/ui/Copyable";
import { notifyDone } from "~/ui/Toast";
import { masked } from "./url";

/** The workspace's postback token: hidden until asked for, and its renewal. */
export function Token({ token }: { token: string }) {
  const { t } = useTranslation("workspaces");
  const mayRotate = useMay("workspace:write");
  const [isShown, setIsShown] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const label = isShown ? t("postback.hide") : t("postback.reveal");
  return (
    <Stack gap="sm">
      <Group gap={4} wrap="nowrap">
        <Code fz="sm" p="xs" flex={1} miw={0} style={{ overflowWrap: "anywhere" }}>
          {isShown ? token : masked(token)}
        </Code>
        <Tooltip label={label}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={label}
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? <IconEyeOff size={16} /> : <IconEye size={16} />}
          </ActionIcon>
        </Tooltip>
        <CopyButton text={token} label={t("postback.copy_token")} />
      </Group>
      {mayRotate && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => setIsAsking(true)}
          >
            {t("postback.rotate")}
          </Button>
        </Group>
      )}
      <Rotation opened={isAsking} onClose={() => setIsAsking(false)} />
    </Stack>
  );
}

function Rotation({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("workspaces");
  const queries = useQueryClient();
  const rotate = async () => {
    const { data } = await client.POST("/v1/workspace/postback-token/rotate");
    queries.setQueryData(api.queryOptions("get", "/v1/workspace/postback-token").queryKey, data);
    notifyDone(t("postback.rotated"));
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("postback.rotate_title")}
      confirmLabel={t("postback.rotate")}
      danger
      onConfirm={rotate}
    >
      <Stack gap="xs">
        <Text>{t("postback.rotate_breaks")}</Text>
        <Text>{t("postback.rotate_kept")}</Text>
        <Text>{t("postback.rotate_after")}</Text>
      </Stack>
    </ConfirmDialog>
  );
}
