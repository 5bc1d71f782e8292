import { Alert, Button, Stack } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { bodyOf, type Enrollment } from "~/features/offers/model";
import { FormError } from "~/ui/FormError";

interface Props {
  partnerId: string;
  offerId: string;
  /** One that is there but lets no links be made: it waits, is paused, or is over. */
  enrollment: Enrollment | undefined;
}

/** The partner may not promote the offer yet: lets it, at once. */
export function EnrollHint({ partnerId, offerId, enrollment }: Props) {
  const { t } = useTranslation("links");
  const queries = useQueryClient();
  const mayEnroll = useMay("partners:write");
  const enroll = useMutation({
    mutationFn: async () => {
      if (enrollment) {
        const params = { path: { id: enrollment.id } };
        return bodyOf(await client.PATCH("/v1/enrollments/{id}", { params, body: { state: "approved" } }));
      }
      return bodyOf(
        await client.POST("/v1/enrollments", { body: { partner_id: partnerId, offer_id: offerId } }),
      );
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["enrollments"] }),
  });
  return (
    <Alert variant="light" color="yellow" icon={<IconInfoCircle size={18} aria-hidden />}>
      <Stack gap="xs" align="flex-start">
        {enrollment ? t("builder.not_open") : t("builder.not_enrolled")}
        <FormError error={enroll.error} />
        {mayEnroll && (
          <Button size="sm" variant="default" onClick={() => enroll.mutate()} loading={enroll.isPending}>
            {enrollment ? t("builder.approve") : t("builder.enroll")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
