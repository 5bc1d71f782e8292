import { Button, Stack, Text, Title } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { bodyOf } from "~/features/offers/model";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { CopyField } from "~/ui/Copyable";
import { ErrorState } from "~/ui/Page";
import { SkeletonLines } from "~/ui/Skeletons";
import { notifyDone } from "~/ui/Toast";
import { type Advertiser, postbackTokenQuery } from "../queries";

/** The address that the advertiser calls, with a token of its own. */
export function PostbackToken({ advertiser }: { advertiser: Advertiser }) {
  const { t } = useTranslation("advertisers");
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const { data, error, refetch } = useQuery(postbackTokenQuery(advertiser.id));
  const renew = useMutation({
    mutationFn: async () =>
      bodyOf(
        await client.POST("/v1/advertisers/{id}/postback-token", { params: { path: { id: advertiser.id } } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["advertisers"] }),
  });
  const make = async () => {
    await renew.mutateAsync();
    notifyDone(t("token.renewed"));
  };
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={3} />;
  const hasOwn = data.token !== null && data.token !== undefined;
  return (
    <Stack gap="sm" mb="lg" component="section">
      <Title order={3}>{t("token.title")}</Title>
      {hasOwn ? (
        <>
          <CopyField
            label={t("token.address")}
            description={t("token.address_help")}
            value={data.postback_url}
            mono
          />
          <CopyField label={t("token.token")} value={data.token ?? ""} mono />
        </>
      ) : (
        <Text c="dimmed">{t("token.none")}</Text>
      )}
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} aria-hidden />}
        onClick={() => (hasOwn ? setAsks(true) : void make().catch(() => undefined))}
        loading={renew.isPending}
        style={{ alignSelf: "flex-start" }}
      >
        {hasOwn ? t("token.renew") : t("token.make")}
      </Button>
      <ConfirmDialog
        opened={asks}
        onClose={() => setAsks(false)}
        title={t("token.renew_title")}
        confirmLabel={t("token.renew")}
        danger
        onConfirm={make}
      >
        {t("token.renew_text", { name: advertiser.name })}
      </ConfirmDialog>
    </Stack>
  );
}
