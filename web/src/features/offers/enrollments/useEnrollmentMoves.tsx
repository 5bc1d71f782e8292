import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { bodyOf, type Enrollment, type EnrollmentState } from "../model";

/** States between which a manager may go back and forth. */
const REVERSIBLE: readonly EnrollmentState[] = ["approved", "testing", "paused"];

/** A manager's decisions on enrollments; those that can be taken back say so. */
export function useEnrollmentMoves() {
  const { t } = useTranslation("offers");
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: async ({ id, body }: { id: string; body: Schemas["EnrollmentChange"] }) =>
      bodyOf(await client.PATCH("/v1/enrollments/{id}", { params: { path: { id } }, body })),
    onSuccess: () =>
      Promise.all(
        ["enrollments", "audit", "links"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      ),
  });
  const said: Record<EnrollmentState, (name: string) => string> = {
    requested: (name) => t("enrollments.changed", { name }),
    approved: (name) => t("enrollments.approved", { name }),
    testing: (name) => t("enrollments.testing", { name }),
    paused: (name) => t("enrollments.paused", { name }),
    ended: (name) => t("enrollments.ended", { name }),
    rejected: (name) => t("enrollments.rejected", { name }),
  };
  const move = async (enrollment: Enrollment, state: EnrollmentState, name: string, reason?: string) => {
    await change.mutateAsync({ id: enrollment.id, body: reason ? { state, reason } : { state } });
    const canGoBack = REVERSIBLE.includes(enrollment.state) && REVERSIBLE.includes(state);
    const undo = () =>
      change.mutate({ id: enrollment.id, body: { state: enrollment.state } }, { onError: notifyFailed });
    notifyDone(said[state](name), canGoBack ? { undo } : {});
  };
  /** The same where nothing is asked before: a failure is told in a toast. */
  const moveNow = (enrollment: Enrollment, state: EnrollmentState, name: string) =>
    void move(enrollment, state, name).catch(notifyFailed);
  return { move, moveNow, change };
}
