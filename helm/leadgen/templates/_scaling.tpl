{{- /* Calls that the enabled vendors take at once, as JSON by vendor; those without a key are asked always. */ -}}
{{- define "leadgen.vendorConcurrency" -}}
{{- $values := .Values -}}
{{- $found := dict -}}
{{- range $id, $vendor := .Files.Get "files/vendors.json" | fromJson -}}
{{- if or (has $id $values.vendors.enabled) (not $vendor.needsKey) -}}
{{- $_ := set $found $id (get $values.vendors.concurrency $id | default $vendor.concurrency | int) -}}
{{- end -}}
{{- end -}}
{{- toJson $found -}}
{{- end -}}

{{- /* As many enrich pods as vendors' limits keep busy (values.yaml has the formula). */ -}}
{{- define "leadgen.enrichMax" -}}
{{- $enrich := .Values.workers.enrich -}}
{{- $sum := 0 -}}
{{- $largest := 0 -}}
{{- range $id, $calls := include "leadgen.vendorConcurrency" . | fromJson -}}
{{- $sum = add $sum (int $calls) -}}
{{- if not (hasKey $enrich.lanes $id) -}}{{- $largest = max $largest (int $calls) -}}{{- end -}}
{{- end -}}
{{- $useful := max (divf $sum $enrich.concurrency | ceil | int) (divf $largest 32 | ceil | int) (int $enrich.autoscaling.minReplicas) -}}
{{- min $useful (int $enrich.autoscaling.maxReplicas) -}}
{{- end -}}

{{- /* Of (dict "root" $ "vendor" "…" "autoscaling" …). */ -}}
{{- define "leadgen.laneMax" -}}
{{- $calls := get (include "leadgen.vendorConcurrency" .root | fromJson) .vendor | default 1 -}}
{{- min (max (divf (int $calls) 32 | ceil | int) (int .autoscaling.minReplicas)) (int .autoscaling.maxReplicas) -}}
{{- end -}}

{{- define "leadgen.scaled" -}}
{{- if or .Values.keda.enabled .Values.hpa.enabled -}}true{{- end -}}
{{- end -}}

{{- /*
The workers as a list in JSON: component, stage, settings, what to serve, the queues to scale by, and how far.
A lane's settings are those of enrich, with what is said for the lane on top.
*/ -}}
{{- define "leadgen.workers" -}}
{{- $root := . -}}
{{- $workers := .Values.workers -}}
{{- $lanes := keys $workers.enrich.lanes | sortAlpha -}}
{{- $own := omit $workers.enrich "lanes" -}}
{{- $list := list -}}
{{- $list = append $list (dict "component" "normalize" "stage" "normalize" "settings" $workers.normalize "queues" "normalize|run-handover|schedule" "max" $workers.normalize.autoscaling.maxReplicas) -}}
{{- $rest := "enrich(\\\\..+)?" -}}
{{- $serves := "all" -}}
{{- if $lanes -}}
{{- $serves = printf "except:%s" (join "," $lanes) -}}
{{- end -}}
{{- $list = append $list (dict "component" "enrich" "stage" "enrich" "settings" $own "serves" $serves "queues" $rest "except" (join "|" $lanes) "max" (include "leadgen.enrichMax" $root | int)) -}}
{{- $known := .Files.Get "files/vendors.json" | fromJson -}}
{{- range $lanes -}}
{{- if not (hasKey $known .) -}}{{- fail (printf "workers.enrich.lanes.%s: there is no such vendor, but %s" . (keys $known | sortAlpha | join ", ")) -}}{{- end -}}
{{- $settings := mustMergeOverwrite (deepCopy $own) (dict "replicas" 1 "autoscaling" (dict "minReplicas" 1)) (deepCopy (get $workers.enrich.lanes .)) -}}
{{- $list = append $list (dict "component" (printf "enrich-%s" .) "stage" "enrich" "settings" $settings "serves" (printf "only:%s" .) "queues" (printf "enrich\\\\.(sim-)?%s(\\\\..+)?" .) "max" (include "leadgen.laneMax" (dict "root" $root "vendor" . "autoscaling" $settings.autoscaling) | int)) -}}
{{- end -}}
{{- $list = append $list (dict "component" "export" "stage" "export" "settings" $workers.export "queues" "export|webhook" "max" $workers.export.autoscaling.maxReplicas) -}}
{{- toJson $list -}}
{{- end -}}
